-- Which storefronts and desks a user or a token is limited to: names of connectors with commas between them, or * for all.
-- It serves no older release: one that does not ask for the limits would show everything to everybody.
ALTER TABLE users ADD COLUMN storefronts TEXT COLLATE "C" NOT NULL DEFAULT '*';
ALTER TABLE users ADD COLUMN desks TEXT COLLATE "C" NOT NULL DEFAULT '*';
ALTER TABLE api_tokens ADD COLUMN storefronts TEXT COLLATE "C" NOT NULL DEFAULT '*';
ALTER TABLE api_tokens ADD COLUMN desks TEXT COLLATE "C" NOT NULL DEFAULT '*';
