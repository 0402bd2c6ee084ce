"""Pages of finding, announcing, taking over and handing over people."""
