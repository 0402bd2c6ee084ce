from cases.management.import_command import ImportCommand


class Command(ImportCommand):
    """Check a register workbook (sổ theo dõi), and with --commit load it; see ImportCommand."""

    help = "Check a register workbook; with --commit load it."
