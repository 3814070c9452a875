-- Lines received late in one year, by ship mode, of urgent orders and of the others.
SELECT
  l_shipmode AS ship_mode,
  count_if(o_orderpriority IN ('1-URGENT', '2-HIGH')) AS urgent_lines,
  count_if(o_orderpriority NOT IN ('1-URGENT', '2-HIGH')) AS other_lines
FROM orders
JOIN lineitem ON l_orderkey = o_orderkey
WHERE l_shipmode IN ('MAIL', 'SHIP')
  AND l_shipdate < l_commitdate
  AND l_commitdate < l_receiptdate
  AND l_receiptdate >= DATE '1994-01-01'
  AND l_receiptdate < DATE '1995-01-01'
GROUP BY l_shipmode
