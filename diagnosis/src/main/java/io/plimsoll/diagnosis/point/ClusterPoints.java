// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;
import static io.plimsoll.diagnosis.signal.ComponentType.DATANODE;
import static io.plimsoll.diagnosis.signal.ComponentType.HOST;
import static io.plimsoll.diagnosis.signal.ComponentType.METASTORE;
import static io.plimsoll.diagnosis.signal.ComponentType.NAMENODE;
import static io.plimsoll.diagnosis.signal.ComponentType.NODE_MANAGER;
import static io.plimsoll.diagnosis.signal.ComponentType.POD;
import static io.plimsoll.diagnosis.signal.ComponentType.QUEUE;
import static io.plimsoll.diagnosis.signal.ComponentType.RESOURCE_MANAGER;

import io.plimsoll.diagnosis.signal.LinkMetrics;
import java.util.List;

/** Declared points of HDFS, YARN, Kubernetes, hosts and the network. */
final class ClusterPoints {
  private ClusterPoints() {}

  static List<DiagnosisPoint> all() {
    return List.of(
        hdfsRpcQueue(),
        hdfsEditSync(),
        hdfsListingStorm(),
        hdfsMissingBlocks(),
        hdfsUnderReplicated(),
        hdfsDeadDatanodes(),
        hdfsFull(),
        hdfsSlowDatanode(),
        hdfsSlowDisk(),
        hdfsSlowPipeline(),
        hdfsDatanodeFull(),
        hdfsFailedVolume(),
        hdfsBrokenTransfers(),
        queueFull(),
        queuePendingWithRoom(),
        queueMasterLimit(),
        queueAppsWait(),
        queuePreemption(),
        clusterNodesLost(),
        clusterSchedulerSlow(),
        nodeDiskFull(),
        nodeBadDisk(),
        nodeFailing(),
        nodeSlowLaunch(),
        nodeShuffleFails(),
        metastoreSlow(),
        namenodeHeap(),
        namenodeGc(),
        podUnschedulable(),
        podCannotStart(),
        podQuota(),
        hostCpuSaturated(),
        hostSlowDisk(),
        networkSaturated(),
        networkRetransmits(),
        hostClockSkew());
  }

  private static DiagnosisPoint hdfsRpcQueue() {
    return point("hdfs.rpc-queue", "FS-06", NAMENODE, LinkMetrics.RPC_QUEUE)
        .title("NameNode is slow to answer")
        .meaning("Calls wait long for a handler of the NameNode.")
        .limits(50, 200, 1000, 5000, "50 ms")
        .anyEngine()
        .show(LinkMetrics.LISTINGS, LinkMetrics.EDIT_SYNC, LinkMetrics.DAEMON_GC)
        .advice("Look for who lists and creates so much; more handlers, observers.")
        .build();
  }

  private static DiagnosisPoint hdfsEditSync() {
    return point("hdfs.edit-sync", "FS-06", NAMENODE, LinkMetrics.EDIT_SYNC)
        .title("slow edit log")
        .meaning("Writing the edit log holds up every change.")
        .limits(20, 100, 500, 2000, "20 ms is a busy disk")
        .anyEngine()
        .advice("Look at the disks and JournalNodes.")
        .build();
  }

  private static DiagnosisPoint hdfsListingStorm() {
    return point("hdfs.listing-storm", "FS-07", NAMENODE, LinkMetrics.LISTINGS)
        .title("listing storm")
        .meaning("Somebody lists directories all the time.")
        .limits(500, 2000, 5000, 20000, "a few hundred a second is common")
        .anyEngine()
        .advice("Find the top talker in the audit log; cache listings.")
        .build();
  }

  private static DiagnosisPoint hdfsMissingBlocks() {
    return point("hdfs.missing-blocks", "FS-09", NAMENODE, LinkMetrics.MISSING_BLOCKS)
        .title("missing blocks")
        .meaning("Blocks have no replica; who reads their files fails.")
        .limits(1, 10, 100, 1000, "any")
        .anyEngine()
        .advice("hdfs fsck -list-corruptfileblocks; bring DataNodes back.")
        .build();
  }

  private static DiagnosisPoint hdfsUnderReplicated() {
    return point("hdfs.under-replicated", "FS-09", NAMENODE, LinkMetrics.UNDER_REPLICATED_BLOCKS)
        .title("under-replicated blocks")
        .meaning(
            "Blocks have fewer replicas than asked for; copying them takes disks and " + "network.")
        .limits(0.001, 0.01, 0.05, 0.2, "any that lasts")
        .anyEngine()
        .show(LinkMetrics.DEAD_DATANODES)
        .advice("Look for dead DataNodes.")
        .build();
  }

  private static DiagnosisPoint hdfsDeadDatanodes() {
    return point("hdfs.dead-datanodes", "HO-08", NAMENODE, LinkMetrics.DEAD_DATANODES)
        .title("dead DataNodes")
        .meaning("DataNodes no longer report.")
        .limits(0.01, 0.05, 0.1, 0.3, "any")
        .anyEngine()
        .advice("Bring them back or take them out.")
        .build();
  }

  private static DiagnosisPoint hdfsFull() {
    return point("hdfs.full", "FS-11", NAMENODE, LinkMetrics.HDFS_FULL)
        .title("HDFS is full")
        .meaning("Little space is left on the DataNodes together.")
        .limits(0.8, 0.9, 0.95, 0.98, "90 % as the NodeManager's default")
        .anyEngine()
        .advice("Delete, compress, or add DataNodes.")
        .build();
  }

  private static DiagnosisPoint hdfsSlowDatanode() {
    return point("hdfs.slow-datanode", "FS-08", DATANODE, LinkMetrics.READ_OP)
        .title("slow DataNode")
        .meaning("Reading a block takes long on this DataNode.")
        .limits(300, 1000, 3000, 10000, "the client warns at 300 ms")
        .anyEngine()
        .peers()
        .show(LinkMetrics.DISK_FLUSH)
        .advice("Look at its disks and at its host.")
        .build();
  }

  private static DiagnosisPoint hdfsSlowDisk() {
    return point("hdfs.slow-disk", "HO-04", DATANODE, LinkMetrics.DISK_FLUSH)
        .title("slow disk under a DataNode")
        .meaning("Flushing or syncing takes long.")
        .limits(50, 200, 1000, 5000, "await above 50 ms")
        .anyEngine()
        .peers()
        .advice("Look at the disk.")
        .build();
  }

  private static DiagnosisPoint hdfsSlowPipeline() {
    return point("hdfs.slow-pipeline", "NE-05", DATANODE, LinkMetrics.PACKET_ACK)
        .title("slow write pipeline")
        .meaning("The next DataNode in the pipeline acknowledges late.")
        .limits(50, 200, 1000, 5000, "50 ms for a packet")
        .anyEngine()
        .peers()
        .counterAbove(LinkMetrics.DISK_FLUSH, 50, "its own disk is slow too")
        .advice("Look at the network between DataNodes and at the next ones' disks.")
        .build();
  }

  private static DiagnosisPoint hdfsDatanodeFull() {
    return point("hdfs.datanode-full", "HO-05", DATANODE, LinkMetrics.DATANODE_FULL)
        .title("DataNode is full")
        .meaning("Little space is left on this DataNode.")
        .limits(0.85, 0.9, 0.95, 0.98, "90 % as the NodeManager's default")
        .anyEngine()
        .advice("Run the balancer.")
        .build();
  }

  private static DiagnosisPoint hdfsFailedVolume() {
    return point("hdfs.failed-volume", "HO-06", DATANODE, LinkMetrics.FAILED_VOLUMES)
        .title("failed disk")
        .meaning("The DataNode took a disk out.")
        .limits(1, 2, 3, 4, "any")
        .anyEngine()
        .advice("Change the disk.")
        .build();
  }

  private static DiagnosisPoint hdfsBrokenTransfers() {
    return point("hdfs.broken-transfers", "NE-01", DATANODE, LinkMetrics.NETWORK_ERRORS)
        .title("broken transfers")
        .meaning("Transfers to or from this DataNode break.")
        .limits(10, 100, 1000, 10000, "ten an hour")
        .anyEngine()
        .peers()
        .advice("Look at the network and at clients that were killed.")
        .build();
  }

  private static DiagnosisPoint queueFull() {
    return point("queue.full", "Q-04", QUEUE, LinkMetrics.QUEUE_USED)
        .title("queue is full")
        .meaning("The queue uses all it may.")
        .limits(0.9, 0.95, 0.98, 1, "95 %")
        .anyEngine()
        .show(LinkMetrics.QUEUE_PENDING)
        .advice("Ask for less, at other times, or in another queue.")
        .build();
  }

  private static DiagnosisPoint queuePendingWithRoom() {
    return point("queue.pending-with-room", "Q-03", QUEUE, LinkMetrics.QUEUE_PENDING_SPARE)
        .title("containers wait although there is room")
        .meaning("The queue has room and containers wait: fragments, labels or locality.")
        .limits(1, 10, 50, 200, "any while less than 90 % is used")
        .anyEngine()
        .advice("Smaller containers; look at labels and reservations.")
        .build();
  }

  private static DiagnosisPoint queueMasterLimit() {
    return point("queue.master-limit", "Q-07", QUEUE, LinkMetrics.QUEUE_MASTER_SHARE)
        .title("no room for application masters")
        .meaning("Applications cannot start since masters use up their share of the queue.")
        .limits(0.9, 0.95, 0.98, 1, "at the limit")
        .anyEngine()
        .show(LinkMetrics.QUEUE_APPS_WAITING)
        .advice("Raise maximum-am-resource-percent, or run fewer small applications.")
        .build();
  }

  private static DiagnosisPoint queueAppsWait() {
    return point("queue.apps-wait", "Q-01", QUEUE, LinkMetrics.QUEUE_APPS_WAITING)
        .title("applications wait for admission")
        .meaning("Applications are accepted and not started.")
        .limits(1, 5, 20, 100, "any")
        .anyEngine()
        .show(LinkMetrics.QUEUE_MASTER_SHARE, LinkMetrics.QUEUE_USED)
        .advice("Look at the limits of the queue.")
        .build();
  }

  private static DiagnosisPoint queuePreemption() {
    return point("queue.preemption", "Q-06", QUEUE, LinkMetrics.PREEMPTED)
        .title("containers are preempted")
        .meaning("The scheduler takes containers back for other queues.")
        .limits(0.01, 0.05, 0.1, 0.3, "more than 5 %")
        .anyEngine()
        .advice("Stay within the guaranteed capacity, or run when the others do not.")
        .build();
  }

  private static DiagnosisPoint clusterNodesLost() {
    return point("cluster.nodes-lost", "Q-16", RESOURCE_MANAGER, LinkMetrics.NODES_LOST)
        .title("nodes lost or unhealthy")
        .meaning("The usable cluster has shrunk.")
        .limits(0.01, 0.05, 0.1, 0.3, "more than 10 %")
        .anyEngine()
        .advice("Look at the nodes.")
        .build();
  }

  private static DiagnosisPoint clusterSchedulerSlow() {
    return point("cluster.scheduler-slow", "Q-01", RESOURCE_MANAGER, LinkMetrics.RM_QUEUE_TIME)
        .title("slow ResourceManager")
        .meaning("Calls wait long for a handler of the ResourceManager.")
        .limits(50, 200, 1000, 5000, "50 ms as for the NameNode")
        .anyEngine()
        .advice("Fewer, larger containers; look at its garbage collection.")
        .build();
  }

  private static DiagnosisPoint nodeDiskFull() {
    return point("node.disk-full", "FS-11", NODE_MANAGER, LinkMetrics.NODE_DISK)
        .title("local disks nearly full")
        .meaning(
            "Shuffle and spill files soon find no room; the node turns unhealthy at 90 " + "%.")
        .limits(0.8, 0.85, 0.9, 0.95, "the NodeManager's default is 90 %")
        .anyEngine()
        .advice("Clean up; larger or more local disks.")
        .build();
  }

  private static DiagnosisPoint nodeBadDisk() {
    return point("node.bad-disk", "HO-06", NODE_MANAGER, LinkMetrics.BAD_DIRS)
        .title("bad local disk")
        .meaning("The NodeManager took local folders out.")
        .limits(1, 2, 3, 4, "any")
        .anyEngine()
        .advice("Change or clean the disk.")
        .build();
  }

  private static DiagnosisPoint nodeFailing() {
    return point("node.failing", "TK-09", NODE_MANAGER, LinkMetrics.CONTAINERS_FAILED)
        .title("containers fail on one node")
        .meaning("Many containers of this node fail.")
        .limits(0.05, 0.1, 0.2, 0.5, "twentieth of the containers")
        .anyEngine()
        .peers()
        .advice("Look at the node.")
        .build();
  }

  private static DiagnosisPoint nodeSlowLaunch() {
    return point("node.slow-launch", "EX-06", NODE_MANAGER, LinkMetrics.LAUNCH_TIME)
        .title("slow container launch")
        .meaning("Starting a container takes long: localisation or a slow disk.")
        .limits(
            5000,
            15000,
            60000,
            180000,
            "60 s to the first executor; a container should take seconds")
        .anyEngine()
        .peers()
        .advice("Ship fewer files; use the shared cache.")
        .build();
  }

  private static DiagnosisPoint nodeShuffleFails() {
    return point("node.shuffle-fails", "SH-07", NODE_MANAGER, LinkMetrics.SHUFFLE_FAILED)
        .title("shuffle service fails")
        .meaning("The shuffle service of this node answers with errors.")
        .limits(1, 10, 100, 1000, "any")
        .anyEngine()
        .peers()
        .advice("Look at the NodeManager's heap and disks.")
        .build();
  }

  private static DiagnosisPoint metastoreSlow() {
    return point("metastore.slow", "SQL-20", METASTORE, LinkMetrics.METASTORE_TIME)
        .title("slow metastore")
        .meaning("Planning waits for the metastore.")
        .limits(1000, 3000, 10000, 60000, "a second at the 99th percentile")
        .anyEngine()
        .advice("Look at its database; ask for fewer partitions at once.")
        .build();
  }

  private static DiagnosisPoint namenodeHeap() {
    return point("namenode.heap", "MEM-02", NAMENODE, LinkMetrics.DAEMON_HEAP)
        .title("NameNode heap nearly full")
        .meaning("Files and blocks fill the heap of the NameNode.")
        .limits(0.85, 0.9, 0.95, 0.98, "85 % after which collections get long")
        .anyEngine()
        .show(LinkMetrics.DAEMON_GC)
        .advice("More heap, fewer small files.")
        .build();
  }

  private static DiagnosisPoint namenodeGc() {
    return point("namenode.gc", "GC-05", NAMENODE, LinkMetrics.DAEMON_GC)
        .title("NameNode collects garbage")
        .meaning("Collections hold up every client.")
        .limits(0.02, 0.05, 0.1, 0.3, "2 % of the time of a service that all wait for")
        .anyEngine()
        .advice("More heap, another collector.")
        .build();
  }

  private static DiagnosisPoint podUnschedulable() {
    return point("pod.unschedulable", "Q-10", POD, LinkMetrics.POD_PENDING)
        .title("pod is not scheduled")
        .meaning("No node has room for the pod.")
        .limits(60000, 180000, 600000, 1800000, "more than a minute")
        .anyEngine()
        .advice("Smaller requests; look at taints and affinity.")
        .build();
  }

  private static DiagnosisPoint podCannotStart() {
    return point("pod.cannot-start", "Q-08", POD, LinkMetrics.POD_START_FAILED)
        .title("pod cannot start")
        .meaning("Image, configuration or a crash loop.")
        .limits(1, 3, 10, 30, "any")
        .anyEngine()
        .advice("Read the reason of the waiting container.")
        .build();
  }

  private static DiagnosisPoint podQuota() {
    return point("pod.quota", "Q-09", POD, LinkMetrics.QUOTA_REACHED)
        .title("quota of the namespace reached")
        .meaning("Pods are refused.")
        .limits(1, 3, 10, 30, "any")
        .anyEngine()
        .advice("Raise the quota or ask for less.")
        .build();
  }

  private static DiagnosisPoint hostCpuSaturated() {
    return point("host.cpu-saturated", "HO-01", HOST, LinkMetrics.HOST_CPU)
        .title("host CPU saturated")
        .meaning("All cores of the host are busy.")
        .limits(0.9, 0.95, 0.98, 0.995, "more than 90 % for 5 min")
        .anyEngine()
        .advice("Look at what else runs there.")
        .build();
  }

  private static DiagnosisPoint hostSlowDisk() {
    return point("host.slow-disk", "HO-04", HOST, LinkMetrics.HOST_DISK_WAIT)
        .title("slow disk")
        .meaning("Requests wait long for the disk.")
        .limits(50, 100, 300, 1000, "await above 50 ms")
        .anyEngine()
        .advice("Look at the disk and at who uses it.")
        .build();
  }

  private static DiagnosisPoint networkSaturated() {
    return point("network.saturated", "NE-02", HOST, LinkMetrics.NIC_USE)
        .title("network card saturated")
        .meaning("The card carries all it can.")
        .limits(0.85, 0.9, 0.95, 0.99, "more than 85 %")
        .anyEngine()
        .advice("Spread the traffic; compress.")
        .build();
  }

  private static DiagnosisPoint networkRetransmits() {
    return point("network.retransmits", "NE-03", HOST, LinkMetrics.RETRANSMITS)
        .title("packets are lost")
        .meaning("TCP sends segments again.")
        .limits(0.01, 0.03, 0.1, 0.3, "more than 1 %")
        .anyEngine()
        .advice("Look at the switch, the card and the cable.")
        .build();
  }

  private static DiagnosisPoint hostClockSkew() {
    return point("host.clock-skew", "HO-09", HOST, LinkMetrics.CLOCK_SKEW)
        .title("clocks apart")
        .meaning("The clock of the host differs from the others.")
        .limits(1000, 5000, 30000, 300000, "more than a second")
        .anyEngine()
        .advice("Run a time service.")
        .build();
  }
}
