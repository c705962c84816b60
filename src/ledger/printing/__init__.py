"""Labels: what the code says, how the label is laid out, drawn and put on a sheet."""
