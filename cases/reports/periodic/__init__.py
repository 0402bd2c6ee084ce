"""The periodic report (báo cáo định kỳ): its indicators, its letter, and the figures as they were sent."""
