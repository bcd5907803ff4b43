"""Our work beside its limit: each bench runs both in turn on this machine, prints a table and one line of JSON."""
