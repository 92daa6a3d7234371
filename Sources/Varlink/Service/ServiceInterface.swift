/// `org.varlink.service`, which every service has.
enum ServiceInterface {
    static let name = "org.varlink.service"
    static let getInfo = 0
    static let getInterfaceDescription = 1

    static let text = """
        # What every Varlink service tells about itself.
        interface org.varlink.service

        # Who made the service, and which interfaces it has.
        method GetInfo() -> (
          # Who publishes it
          vendor: string,
          # What it is called
          product: string,
          # Its version
          version: string,
          # Where to read about it
          url: string,
          # The names of its interfaces
          interfaces: []string
        )

        # The description of one of its interfaces.
        method GetInterfaceDescription(
          # The name of the interface
          interface: string
        ) -> (
          # The text of the description
          description: string
        )

        # The service has no such interface.
        error InterfaceNotFound(interface: string)

        # The interface has no such method.
        error MethodNotFound(method: string)

        # The interface declares the method, but the service does not have it.
        error MethodNotImplemented(method: string)

        # A parameter is missing, of the wrong type, out of range or not declared.
        error InvalidParameter(parameter: string)

        # The caller may not do that.
        error PermissionDenied()

        # The method has to be called with the flag more.
        error ExpectedMore()

        """
}
