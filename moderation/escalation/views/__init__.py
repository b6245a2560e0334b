"""The pages of private help: the customer's, the team's, and the doors through which mail and files go."""
