using System.Net.Sockets;
using MySqlConnector;

namespace Weir.MySqlServers.Server;

/// <summary>What a failure of the server or of the way to it means.</summary>
internal static class Failures
{
    /// <summary>No such prepared transaction, or one whose session is still there.</summary>
    public const int UnknownXid = 1397;

    /// <summary>No such table.</summary>
    public const int NoSuchTable = 1146;

    // Beyond the driver's list: a server that goes down, ends the session, is short of something, or has locks in the way.
    private static readonly int[] Passing =
    [
        1020, 1040, 1053, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1180, 1203, 1205, 1213, 1402, 1613, 1614, 1927, 2002, 2003, 2006, 2013,
        3024, 3169, 4031,
    ];

    /// <inheritdoc cref="Databases.DatabaseServer.IsTransient"/>
    public static bool IsTransient(Exception failure) => failure switch
    {
        MySqlException refused => refused.IsTransient || Passing.Contains(refused.Number)
            || refused.ErrorCode is MySqlErrorCode.UnableToConnectToHost or MySqlErrorCode.CommandTimeoutExpired
            || (refused.InnerException is { } cause && IsTransient(cause)),
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <inheritdoc cref="Databases.DatabaseServer.IsRefusal"/>
    public static bool IsRefusal(Exception failure) => failure is MySqlException { Number: > 0 } refused && !IsTransient(refused)
        && refused.ErrorCode != MySqlErrorCode.QueryInterrupted;

    /// <inheritdoc cref="Databases.DatabaseServer.IsDenied"/>
    public static bool IsDenied(Exception failure) => failure is MySqlException
    {
        ErrorCode: MySqlErrorCode.AccessDenied or MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.UnknownDatabase,
    };

    /// <summary>What the server said.</summary>
    public static string TextOf(Exception failure)
    {
        var text = failure.Message.Trim().TrimEnd('.');
        return failure is MySqlException { Number: > 0, SqlState: { Length: > 0 } state } refused
            ? $"{text} (error {refused.Number}, SQLSTATE {state})."
            : failure.InnerException is { } cause ? $"{text} ({cause.Message.TrimEnd('.')})." : $"{text}.";
    }
}
