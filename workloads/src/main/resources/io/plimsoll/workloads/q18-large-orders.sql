-- The hundred dearest orders of more than 300 pieces.
WITH large AS (
  SELECT l_orderkey, sum(l_quantity) AS quantity
  FROM lineitem
  GROUP BY l_orderkey
  HAVING sum(l_quantity) > 300
)
SELECT
  c_name AS customer,
  c_custkey AS customer_key,
  o_orderkey AS order_key,
  o_orderdate AS order_date,
  o_totalprice AS total_price,
  quantity
FROM large
JOIN orders ON o_orderkey = l_orderkey
JOIN customer ON c_custkey = o_custkey
ORDER BY total_price DESC, order_date, order_key
LIMIT 100
