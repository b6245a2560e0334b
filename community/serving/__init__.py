"""What stands between the HTTP server and Django: ready pages, compression, and the bridge to WSGI."""
