namespace Weir.Graph;

/// <summary>
/// Something to be done with the type of a stage's records: how code that holds stages gets back to types without reflection.
/// </summary>
/// <typeparam name="TResult">What it answers.</typeparam>
public interface ITypedCall<out TResult>
{
    /// <summary>Does it.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The answer.</returns>
    TResult Of<T>();
}
