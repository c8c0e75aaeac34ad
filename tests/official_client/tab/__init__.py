"""The third judge: a tab of ours and the official client in lockstep, scenario by scenario and on generated pages."""
