"""What `make bench` measures: always side by side with something known, in one run."""
