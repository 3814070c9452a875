-- The dearest lines of each account, where the marketplace's own account has seven lines of ten.
-- Lines are spread by account, so one partition gets all the lines of that account. The hint keeps
-- Spark from merging the small partitions beside it.
WITH lines AS (
  SELECT /*+ REPARTITION(24, account_key) */
    CASE WHEN l_orderkey % 10 < 7 THEN 0L ELSE l_suppkey END AS account_key,
    l_orderkey,
    l_linenumber,
    l_shipmode,
    l_extendedprice * (1 - l_discount) AS revenue
  FROM lineitem
),
accounts AS (
  SELECT s_suppkey AS account_key, s_name AS account FROM supplier
  UNION ALL
  SELECT 0L, 'Marketplace'
),
ranked AS (
  SELECT /*+ MERGE(accounts) */
    account,
    l_orderkey,
    l_linenumber,
    l_shipmode,
    revenue,
    row_number() OVER (
      PARTITION BY account_key
      ORDER BY revenue DESC, l_orderkey, l_linenumber
    ) AS place
  FROM lines
  JOIN accounts USING (account_key)
)
SELECT account, place, l_orderkey, l_linenumber, l_shipmode, revenue
FROM ranked
WHERE place <= 3
