using System.Net.Sockets;
using Npgsql;

namespace Weir.PostgreSql.Server;

/// <summary>What a failure of the server or of the way to it means.</summary>
internal static class Failures
{
    /// <summary>No such prepared transaction.</summary>
    public const string UndefinedObject = "42704";

    /// <summary>The role may not do this.</summary>
    public const string InsufficientPrivilege = "42501";

    /// <summary>A value that is none, such as the id of a transaction of the future.</summary>
    public const string InvalidParameterValue = "22023";

    /// <summary>
    /// Whether the same may succeed a little later: the connection broke, the server restarts or is short of something, locks are in the
    /// way.
    /// </summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        // The driver's own list, and a server that goes down or ends the session.
        PostgresException refused => refused.IsTransient
            || refused.SqlState is "57P01" or "57P02" or "57P03" or "57P05" or "25P03" or "25P04" or "40001" or "40P01" or "55P03",
        NpgsqlException { InnerException: null } broken => broken.IsTransient,
        NpgsqlException { InnerException: { } cause } broken => broken.IsTransient || IsTransient(cause),
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Whether the row or the command itself was refused, so that it will be again.</summary>
    public static bool IsRefusal(Exception failure) => failure is PostgresException refused && !IsTransient(refused)
        && refused.SqlState is not "57014";

    /// <summary>Whether the server lets the user in by no means: not this name or password, or there is no such database.</summary>
    public static bool IsDenied(Exception failure) =>
        failure is PostgresException { SqlState: ['2', '8', ..] or "3D000" };

    /// <summary>What the server said, with the detail and the advice that it gave.</summary>
    public static string TextOf(Exception failure)
    {
        if (failure is not PostgresException refused)
        {
            var cause = failure is NpgsqlException { InnerException: { } inner } ? $" ({inner.Message.TrimEnd('.')})" : "";
            return $"{failure.Message.TrimEnd('.')}{cause}.";
        }

        var text = $"{Sentence(refused.MessageText)} (SQLSTATE {refused.SqlState})".Replace(". (", " (", StringComparison.Ordinal) + ".";
        foreach (var more in new[] { refused.Detail, refused.Hint })
        {
            text += string.IsNullOrWhiteSpace(more) ? "" : $" {Sentence(more)}";
        }

        return text;
    }

    private static string Sentence(string text)
    {
        var trimmed = text.Trim();
        return trimmed.EndsWith('.') ? trimmed : $"{trimmed}.";
    }
}
