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

/// <summary>How the runtime gets at the type of a source's splits without reflection.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TResult">What a visit answers.</typeparam>
public interface ISourceVisitor<T, out TResult>
{
    /// <summary>The source, with its types.</summary>
    TResult Visit<TSplit>(Source<T, TSplit> source);
}
