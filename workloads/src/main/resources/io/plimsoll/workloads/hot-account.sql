-- The dearest lines of each account, where the marketplace's own account has seven lines of ten.
-- A hash spreads accounts over partitions, so one partition gets all the lines of that account.
WITH lines AS (
  SELECT
    CASE WHEN l_orderkey % 10 < 7 THEN 0L ELSE l_suppkey END AS account_key,
    l_orderkey,
    l_linenumber,
    l_shipmode,
    l_extendedprice * (1 - l_discount) AS revenue,
    l_comment
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
    revenue,
    l_comment,
    row_number() OVER (
      PARTITION BY account_key
      ORDER BY revenue DESC, l_orderkey, l_linenumber
    ) AS place,
    sum(revenue) OVER (PARTITION BY account_key, l_shipmode) AS mode_revenue
  FROM lines
  JOIN accounts USING (account_key)
)
SELECT account, place, l_orderkey, l_linenumber, revenue, mode_revenue, l_comment
FROM ranked
WHERE place <= 3
