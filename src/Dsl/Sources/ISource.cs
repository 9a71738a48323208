namespace Weir;

/// <summary>Something to read records from. Write your own by deriving from <see cref="Source{T, TSplit}"/>.</summary>
/// <typeparam name="T">The records.</typeparam>
public interface ISource<T>
{
    /// <summary>Gets what is read, for messages: <c>CSV files at /data/flights.csv</c>.</summary>
    string Description { get; }

    /// <summary>Calls the visitor with the types of the source.</summary>
    /// <typeparam name="TResult">What the visitor answers.</typeparam>
    /// <param name="visitor">The visitor.</param>
    /// <returns>Its answer.</returns>
    TResult Accept<TResult>(ISourceVisitor<T, TResult> visitor);
}
