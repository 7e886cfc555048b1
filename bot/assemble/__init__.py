"""The only room that knows every concrete class: settings in, running parts out."""
