"""What things are. Pure: standard library only, no I/O."""
