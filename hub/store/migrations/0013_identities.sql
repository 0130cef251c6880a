-- An e-mail address is found by its key, so only numbers need to be found by their value.
-- serves: 8
DROP INDEX customer_identities_value;
CREATE INDEX customer_identities_number ON customer_identities (value) WHERE substr(key, 1, 6) <> 'email:';
