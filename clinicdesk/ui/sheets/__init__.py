"""The documents page: sheets for patients, previewed, printed, saved and kept."""
