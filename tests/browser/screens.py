"""The two screens the work is done on."""

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1366, "height": 768}}
