namespace Weir;

/// <summary>A sink that may be given a record twice, and shows it once: it puts each record under a key that the record says.</summary>
/// <typeparam name="T">The records.</typeparam>
public interface IIdempotentSink<T> : ISink<T>;
