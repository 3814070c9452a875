// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.graph;

import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable graph of numbered components and typed links, kept as compressed rows both ways.
 *
 * <p>Components are numbered 0 to {@link #size()} - 1; whoever builds the graph keeps the names.
 * The links of a component are those of row {@code causesFrom(v)} to {@code causesTo(v)} - 1 (what
 * it depends on) and of row {@code dependentsFrom(v)} to {@code dependentsTo(v)} - 1 (what depends
 * on it), in ascending order of the other end and the type, whatever the order in which they were
 * given. A link that was given twice is there once. Views are merged with what they view: {@link
 * #owner} names the component that has a view's links, and a view has none.
 */
public final class LinkGraph {
  private final byte[] types;
  private final int[] owners;
  private final Rows causes;
  private final Rows dependents;
  private final int[] cycles;
  private final long selfLinks;
  private final long repeatedLinks;

  private LinkGraph(byte[] types, int[] owners, Rows causes, long selfLinks, long repeated) {
    this.types = types;
    this.owners = owners;
    this.causes = causes;
    this.dependents = causes.reversed();
    this.cycles = new Cycles(causes).componentOf();
    this.selfLinks = selfLinks;
    this.repeatedLinks = repeated;
  }

  /** A builder of a graph with this many components. */
  public static Builder builder(int components) {
    return new Builder(components);
  }

  /** The number of components. */
  public int size() {
    return types.length;
  }

  /** The number of links, after merging and without repetitions. */
  public int links() {
    return causes.other.length;
  }

  public ComponentType type(int component) {
    return ComponentType.at(types[component]);
  }

  /** The component that a view was merged with; the component itself where it is no view. */
  public int owner(int component) {
    return owners[component];
  }

  /** The number of the circle of links that the component is in, or -1 where it is in none. */
  public int cycle(int component) {
    return cycles[component];
  }

  /** Links from a component to itself that were left out. */
  public long selfLinks() {
    return selfLinks;
  }

  /** Links that were given more than once and are there once. */
  public long repeatedLinks() {
    return repeatedLinks;
  }

  /** The first row entry of what the component depends on. */
  public int causesFrom(int component) {
    return causes.start[component];
  }

  /** One past the last row entry of what the component depends on. */
  public int causesTo(int component) {
    return causes.start[component + 1];
  }

  /** The component at this entry of the causes' rows. */
  public int cause(int entry) {
    return causes.other[entry];
  }

  /** The type's ordinal at this entry of the causes' rows. */
  public int causeLink(int entry) {
    return causes.type[entry];
  }

  /** The first row entry of what depends on the component. */
  public int dependentsFrom(int component) {
    return dependents.start[component];
  }

  /** One past the last row entry of what depends on the component. */
  public int dependentsTo(int component) {
    return dependents.start[component + 1];
  }

  /** The component at this entry of the dependents' rows. */
  public int dependent(int entry) {
    return dependents.other[entry];
  }

  /** The type's ordinal at this entry of the dependents' rows. */
  public int dependentLink(int entry) {
    return dependents.type[entry];
  }

  /** Compressed rows: entries start[v] to start[v + 1] - 1 belong to v. */
  static final class Rows {
    final int[] start;
    final int[] other;
    final byte[] type;

    Rows(int[] start, int[] other, byte[] type) {
      this.start = start;
      this.other = other;
      this.type = type;
    }

    int size() {
      return start.length - 1;
    }

    /** The same links seen from the other end; rows stay sorted, as this one is read in order. */
    Rows reversed() {
      int size = size();
      int[] begin = new int[size + 1];
      for (int to : other) {
        begin[to + 1]++;
      }
      for (int v = 0; v < size; v++) {
        begin[v + 1] += begin[v];
      }
      int[] next = Arrays.copyOf(begin, size);
      int[] from = new int[other.length];
      byte[] kind = new byte[other.length];
      for (int v = 0; v < size; v++) {
        for (int i = start[v]; i < start[v + 1]; i++) {
          int at = next[other[i]]++;
          from[at] = v;
          kind[at] = type[i];
        }
      }
      return new Rows(begin, from, kind);
    }
  }

  /** Collects types and links; not for several threads. */
  public static final class Builder {
    private final byte[] types;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private byte[] type = new byte[16];
    private int count;

    private Builder(int components) {
      if (components < 0) {
        throw new IllegalArgumentException("components is negative: " + components);
      }
      types = new byte[components];
    }

    /** Says what a component is; without it, it is a {@link ComponentType#COMPONENT}. */
    public Builder type(int component, ComponentType kind) {
      types[component] = (byte) kind.ordinal();
      return this;
    }

    /** Adds a link from the one that depends to the one it depends on. */
    public Builder link(int dependent, int cause, LinkType kind) {
      Objects.checkIndex(dependent, types.length);
      Objects.checkIndex(cause, types.length);
      if (count == from.length) {
        int wider = Math.addExact(count, count / 2 + 1);
        from = Arrays.copyOf(from, wider);
        to = Arrays.copyOf(to, wider);
        type = Arrays.copyOf(type, wider);
      }
      from[count] = dependent;
      to[count] = cause;
      type[count++] = (byte) kind.ordinal();
      return this;
    }

    /** The graph; the builder may be used on. */
    public LinkGraph build() {
      int[] owners = Views.owners(types.length, count, from, to, type);
      int[] begin = new int[types.length + 1];
      long selfLinks = 0;
      for (int i = 0; i < count; i++) {
        if (isLeftOut(i, owners)) {
          selfLinks += from[i] == to[i] ? 1 : 0;
        } else {
          begin[owners[from[i]] + 1]++;
        }
      }
      for (int v = 0; v < types.length; v++) {
        begin[v + 1] += begin[v];
      }
      long[] keys = new long[begin[types.length]];
      int[] next = Arrays.copyOf(begin, types.length);
      for (int i = 0; i < count; i++) {
        if (!isLeftOut(i, owners)) {
          keys[next[owners[from[i]]]++] = ((long) owners[to[i]] << 8) | kind(i);
        }
      }
      Rows rows = sorted(begin, keys);
      return new LinkGraph(
          types.clone(), owners, rows, selfLinks, keys.length - (long) rows.other.length);
    }

    /** A view of several owners cannot be merged with one: it depends on them. */
    private int kind(int i) {
      int kind = type[i];
      return kind == LinkType.VIEW_OF.ordinal() ? LinkType.DEPENDS_ON.ordinal() : kind;
    }

    private boolean isLeftOut(int i, int[] owners) {
      return owners[from[i]] == owners[to[i]];
    }

    private static Rows sorted(int[] begin, long[] keys) {
      int size = begin.length - 1;
      int[] start = new int[size + 1];
      int kept = 0;
      for (int v = 0; v < size; v++) {
        Arrays.sort(keys, begin[v], begin[v + 1]);
        start[v] = kept;
        for (int i = begin[v]; i < begin[v + 1]; i++) {
          if (i == begin[v] || keys[i] != keys[i - 1]) {
            keys[kept++] = keys[i];
          }
        }
      }
      start[size] = kept;
      int[] other = new int[kept];
      byte[] kinds = new byte[kept];
      for (int i = 0; i < kept; i++) {
        other[i] = (int) (keys[i] >>> 8);
        kinds[i] = (byte) (keys[i] & 0xff);
      }
      return new Rows(start, other, kinds);
    }
  }
}
