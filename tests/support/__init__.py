"""What tests stand on: throw-away servers, fresh databases, a real site, a real browser."""
