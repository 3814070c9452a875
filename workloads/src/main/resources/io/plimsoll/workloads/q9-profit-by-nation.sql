-- Profit on green parts, by the supplier's nation and the year of the order.
WITH lines AS (
  SELECT
    n_name AS nation,
    year(o_orderdate) AS order_year,
    l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity AS profit
  FROM lineitem
  JOIN part ON p_partkey = l_partkey
  JOIN partsupp ON ps_partkey = l_partkey AND ps_suppkey = l_suppkey
  JOIN supplier ON s_suppkey = l_suppkey
  JOIN nation ON n_nationkey = s_nationkey
  JOIN orders ON o_orderkey = l_orderkey
  WHERE contains(p_name, 'green')
)
SELECT nation, order_year, sum(profit) AS profit
FROM lines
GROUP BY nation, order_year
