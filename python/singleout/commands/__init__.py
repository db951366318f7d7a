"""The commands of the `singleout` program, one module each, imported only when called."""
