"""What the tests need from outside Python: real databases and a real browser."""
