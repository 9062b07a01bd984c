-- What an ordinary shop back end does: each order is one transaction that writes the order, its postings and the
-- balances that they change, and so waits for the one row of the pool. For pgbench: SELECT settle(:id, :seed).
CREATE TABLE balance (account text PRIMARY KEY, amount bigint NOT NULL);
CREATE TABLE shop_order (id text PRIMARY KEY, amount bigint NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE posting (order_id text NOT NULL, account text NOT NULL, amount bigint NOT NULL);
CREATE INDEX posting_by_account ON posting (account);
INSERT INTO balance SELECT 'member:' || n, 0 FROM generate_series(0, 9999) n;
INSERT INTO balance SELECT 'store:' || n, 0 FROM generate_series(0, 499) n;
INSERT INTO balance VALUES ('pool', 0), ('platform', 0), ('dividend', 0);

CREATE FUNCTION settle(id text, seed integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    leg record;
BEGIN
    INSERT INTO shop_order VALUES (id, 100000);
    FOR leg IN
        SELECT * FROM (VALUES
            ('store:' || seed % 500, 80000), ('member:' || seed % 10000, 300),
            ('member:' || (seed + 1) % 10000, 200), ('member:' || (seed + 2) % 10000, 500),
            ('member:' || (seed + 3) % 10000, 100), ('member:' || (seed + 4) % 10000, 100),
            ('member:' || (seed + 5) % 10000, 100), ('member:' || (seed + 6) % 10000, 11200),
            ('dividend', 100), ('platform', 2600), ('pool', 16000)) AS legs (account, amount)
        ORDER BY account
    LOOP
        INSERT INTO posting VALUES (id, leg.account, leg.amount);
        UPDATE balance SET amount = balance.amount + leg.amount WHERE account = leg.account;
    END LOOP;
END $$;
