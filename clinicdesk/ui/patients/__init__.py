"""The patients page: finding, the chart, editing."""
