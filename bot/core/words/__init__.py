"""Every sentence that people see, one file per surface."""
