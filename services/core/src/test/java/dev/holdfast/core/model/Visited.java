package dev.holdfast.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** States in the order in which they were found, each once: a hash table of places in a list, to hold millions. */
final class Visited<S> {

    private final List<S> states = new ArrayList<>();
    private int[] hashes = new int[1024];
    /** Place in the list plus one; 0 for none. Always a power of two, never more than half full. */
    private int[] table = new int[2048];

    int size() {
        return states.size();
    }

    S get(int place) {
        return states.get(place);
    }

    /** Whether it is new. */
    boolean add(S state) {
        int hash = spread(state.hashCode());
        int slot = hash & table.length - 1;
        while (table[slot] != 0) {
            int place = table[slot] - 1;
            if (hashes[place] == hash && states.get(place).equals(state)) {
                return false;
            }
            slot = slot + 1 & table.length - 1;
        }
        if (states.size() == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        hashes[states.size()] = hash;
        states.add(state);
        table[slot] = states.size();
        if (states.size() * 2 > table.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        table = new int[2 * table.length];
        for (int place = 0; place < states.size(); place++) {
            int slot = hashes[place] & table.length - 1;
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = place + 1;
        }
    }

    /** Hash codes of records are poor in their low bits. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }
}
