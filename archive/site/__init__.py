"""The site: pages that read the index and the store. Nothing else imports this folder."""
