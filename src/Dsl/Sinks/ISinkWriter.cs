namespace Weir;

/// <summary>A sink as one subtask uses it: one of the two kinds below, told apart by the visitor.</summary>
/// <typeparam name="T">The records.</typeparam>
public interface ISinkWriter<T> : IAsyncDisposable
{
    /// <summary>Calls the visitor's method for this kind of writer, with its types.</summary>
    /// <typeparam name="TResult">What the visitor answers.</typeparam>
    /// <param name="visitor">The visitor.</param>
    /// <returns>Its answer.</returns>
    TResult Accept<TResult>(ISinkVisitor<T, TResult> visitor);
}
