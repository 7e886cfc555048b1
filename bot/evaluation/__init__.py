"""How good the critique is. A room of its own; a running bot never imports it."""
