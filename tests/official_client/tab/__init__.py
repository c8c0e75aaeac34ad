"""A tab of ours and one of the official client, side by side."""
