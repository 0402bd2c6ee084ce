"""What comes in from files: read, checked, shown, then committed through actions; no views, no forms."""
