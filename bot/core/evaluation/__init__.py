"""How good the critique is: cases with known answers, and what the answers are worth."""
