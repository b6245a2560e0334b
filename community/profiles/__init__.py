"""Settings: what people say of themselves, what they own, what they want to hear of; personas and roles of the team."""
