"""The official JavaScript client as a judge: what it makes of our diffs, what it sends for our markup."""
