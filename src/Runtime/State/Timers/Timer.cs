namespace Weir.Runtime.State.Timers;

/// <summary>A wish to be called at a time. Two with the same key, namespace and time are one (semantics R9).</summary>
/// <param name="Key">Whose timer it is.</param>
/// <param name="Namespace">What it is for: a window's start, for example.</param>
/// <param name="Time">Microseconds since the Unix epoch, of event time or of processing time.</param>
internal readonly record struct Timer<TKey, TNamespace>(TKey Key, TNamespace Namespace, long Time);
