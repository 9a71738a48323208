namespace Weir.Runtime.Streams;

/// <summary>What the sending end of a channel tells the receiving one between batches. Immutable: every receiver gets the same.</summary>
internal abstract record Notice;
