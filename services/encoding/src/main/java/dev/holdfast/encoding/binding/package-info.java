/**
 * Binds Java records to hand-written Avro schemas by the names of their components, so that the core needs to know
 * nothing of Avro and the schemas nothing of Java.
 *
 * <table>
 *   <caption>What is bound to what</caption>
 *   <tr><th>Java</th><th>Avro</th></tr>
 *   <tr><td>boolean, int, long, double, String</td><td>the type of that name</td></tr>
 *   <tr><td>byte[]</td><td>bytes</td></tr>
 *   <tr><td>Duration {@code lease}</td><td>long {@code leaseMs} or {@code leaseNs}: the suffix is the unit</td></tr>
 *   <tr><td>Instant</td><td>long with logical type timestamp-millis; finer parts are cut off</td></tr>
 *   <tr><td>UUID</td><td>string with logical type uuid</td></tr>
 *   <tr><td>enum</td><td>enum with the same symbols</td></tr>
 *   <tr><td>record</td><td>record of the same name, or of the enclosing type's name and its own</td></tr>
 *   <tr><td>sealed interface, other interface</td><td>union of records</td></tr>
 *   <tr><td>List, Collection, Set</td><td>array; a set's elements in their natural order</td></tr>
 *   <tr><td>Map with String keys</td><td>map, written in key order</td></tr>
 *   <tr><td>anything that may be null, Optional</td><td>union with null</td></tr>
 * </table>
 *
 * <p>A component without a field, a field without a component, or types that do not match are found when the two are
 * bound, before any record is written. The same record gives the same bytes in every process.
 */
package dev.holdfast.encoding.binding;
