namespace Weir.Runtime.Channels;

/// <summary>The names that what is in flight has in a checkpoint, beside the ids of operators. They have blanks, which no id has.</summary>
internal static class InFlightIds
{
    private const string Prefix = "in flight ";

    /// <summary>What subtasks had not taken in.</summary>
    /// <param name="head">The id of their first stage.</param>
    public static string Received(string head) => $"{Prefix}to {head}";

    /// <summary>What subtasks had kept in front of full channels.</summary>
    /// <param name="edge">The name of the edge.</param>
    public static string Sent(string edge) => $"{Prefix}from {edge}";

    /// <summary>Whether an id is one of these.</summary>
    public static bool Is(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);
}
