namespace Weir.Runtime.State.Tables;

/// <summary>How the entries of a state table are written: namespace, key, value.</summary>
/// <param name="Keys">Writes keys.</param>
/// <param name="Namespaces">Writes namespaces.</param>
/// <param name="Values">Writes values.</param>
internal sealed record EntryCodecs<TKey, TNamespace, TValue>(Codec<TKey> Keys, Codec<TNamespace> Namespaces, Codec<TValue> Values);
