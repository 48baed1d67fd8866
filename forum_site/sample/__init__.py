"""The sample content: three real editions with what was printed of them, and an invented one in the near future."""
