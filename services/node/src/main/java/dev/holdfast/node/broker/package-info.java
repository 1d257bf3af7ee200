/** The Kafka broker and controller inside a node: settings, storage, life cycle, and the topics of a new cluster. */
package dev.holdfast.node.broker;
