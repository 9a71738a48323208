namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1003: everything that asks the machine, the process or its configuration.</summary>
internal static class MachineFamily
{
    public const string Cure = "pass it to the pipeline as an argument";

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "System.Environment",
        "System.AppContext",
        "System.AppDomain",
        "System.AppDomainSetup",
        "System.GC",
        "System.OperatingSystem",
        "System.Diagnostics.Debugger",
        "System.Diagnostics.FileVersionInfo",
        "System.Diagnostics.ProcessModule",
        "System.Diagnostics.ProcessThread",
        "System.Diagnostics.StackTrace",
        "System.Runtime.GCSettings",
        "System.Runtime.InteropServices.RuntimeInformation",
        "System.Runtime.InteropServices.RuntimeEnvironment",
        "System.Runtime.JitInfo",
        "System.Configuration.ConfigurationManager",
        "Microsoft.Win32.Registry",
        "Microsoft.Win32.RegistryKey",
        "System.Net.NetworkInformation.NetworkInterface",
        "System.Net.NetworkInformation.IPGlobalProperties",
        "System.Net.NetworkInformation.IPInterfaceProperties",
    };

    public static bool Has(MemberUse use) => use.TypeName switch
    {
        "System.AppDomainSetup" or "System.AppDomain" => true,
        "System.OperatingSystem" => use.Member.IsStatic,
        "System.GC" => use.Name is not ("KeepAlive" or "SuppressFinalize" or "ReRegisterForFinalize"),
        "System.IntPtr" or "System.UIntPtr" => use.Name == "Size",
        "System.IO.Path" => use.Name == "GetTempPath" || (use.Name == "GetFullPath" && use.Parameters.Length == 1),
        "System.BitConverter" => use.Name == "IsLittleEndian",
        "System.Net.Dns" => use.Name == "GetHostName",
        "System.Threading.Thread" => use.Name is "CurrentThread" or "ManagedThreadId" or "GetCurrentProcessorId" or "GetDomainID",
        "System.Reflection.Assembly" => use.Name is "Location" or "CodeBase" or "GetEntryAssembly",
        "System.Security.Principal.WindowsIdentity" => use.Name == "GetCurrent",
        _ => Types.Contains(use.TypeName)
            || (use is { Name: "IsHardwareAccelerated" or "IsSupported", Member.IsStatic: true } && use.IsUnder("System"))
            || (use.IsOf("System.Diagnostics.Process") && use.Name is not ("Start" or "Kill" or "WaitForExit" or "WaitForExitAsync"))
            || (use.TypeName.StartsWith("Microsoft.Extensions.Configuration.", StringComparison.Ordinal) && !use.IsConstructor)
            || (use.TypeName.StartsWith("Microsoft.Extensions.Options.IOptions", StringComparison.Ordinal)
                && use.Name is "Value" or "CurrentValue"),
    };
}
